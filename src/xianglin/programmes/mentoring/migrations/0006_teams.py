import django.db.models.deletion
import xianglin.commons.keys.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('areas', '0001_initial'),
        ('files', '0003_fill_bands'),
        ('keys', '0001_first'),
        ('matters', '0009_told_apart'),
        ('mentoring', '0005_records'),
    ]

    operations = [
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('province_id', models.BigIntegerField(editable=False, null=True)),
                ('city_id', models.BigIntegerField(editable=False, null=True)),
                ('county_id', models.BigIntegerField(editable=False, null=True)),
                ('town_id', models.BigIntegerField(editable=False, null=True)),
                ('village_id', models.BigIntegerField(editable=False, null=True)),
                ('grid_id', models.BigIntegerField(editable=False, null=True)),
                ('from_on', models.DateField()),
                ('to_on', models.DateField(null=True)),
                ('forgotten_on', models.DateField(null=True)),
                ('area', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='所在区划')),
                ('cadre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='mentoring.youngcadre')),
                ('key', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='keys.personkey')),
            ],
            options={
                'indexes': [
                    models.Index(condition=models.Q(('to_on', None)), fields=['county_id', 'id'], name='mentoring_consents'),
                    models.Index(condition=models.Q(('forgotten_on', None), ('to_on__isnull', False)), fields=['to_on'], name='mentoring_consents_over'),
                ],
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('to_on', None)), fields=('cadre',), name='mentoring_consent_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Look',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('account', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('consent', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='looks', to='mentoring.consent')),
            ],
            options={
                'indexes': [models.Index(fields=['consent', 'id'], name='mentoring_looks')],
            },
        ),
        migrations.CreateModel(
            name='Story',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('province_id', models.BigIntegerField(editable=False, null=True)),
                ('city_id', models.BigIntegerField(editable=False, null=True)),
                ('county_id', models.BigIntegerField(editable=False, null=True)),
                ('town_id', models.BigIntegerField(editable=False, null=True)),
                ('village_id', models.BigIntegerField(editable=False, null=True)),
                ('grid_id', models.BigIntegerField(editable=False, null=True)),
                ('title', models.CharField(max_length=60)),
                ('text', models.TextField()),
                ('period', models.CharField(max_length=60)),
                ('source', models.CharField(max_length=60)),
                ('hall', models.CharField(max_length=60)),
                ('told_on', models.DateField()),
                ('withdrawn_on', models.DateField(null=True)),
                ('withdrawn_because', models.CharField(blank=True, max_length=200)),
                ('area', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='所在区划')),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('picture', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.file')),
                ('teller', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [
                    models.Index(fields=['county_id', '-id'], name='mentoring_stories'),
                    models.Index(fields=['county_id', 'area', '-id'], name='mentoring_stories_of_place'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Switch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('province_id', models.BigIntegerField(editable=False, null=True)),
                ('city_id', models.BigIntegerField(editable=False, null=True)),
                ('county_id', models.BigIntegerField(editable=False, null=True)),
                ('town_id', models.BigIntegerField(editable=False, null=True)),
                ('village_id', models.BigIntegerField(editable=False, null=True)),
                ('grid_id', models.BigIntegerField(editable=False, null=True)),
                ('from_on', models.DateField()),
                ('reason', models.CharField(max_length=200)),
                ('to_on', models.DateField(null=True)),
                ('off_because', models.CharField(blank=True, max_length=200)),
                ('area', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='所在区划')),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('to_on', None)), fields=('county_id',), name='mentoring_minds_on_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Talk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('talked_on', xianglin.commons.keys.fields.SealedField()),
                ('next_on', xianglin.commons.keys.fields.SealedField(null=True)),
                ('attention', xianglin.commons.keys.fields.SealedField()),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('consent', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='talks', to='mentoring.consent')),
            ],
            options={
                'indexes': [models.Index(fields=['consent', 'id'], name='mentoring_talks')],
            },
        ),
        migrations.CreateModel(
            name='Team',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('province_id', models.BigIntegerField(editable=False, null=True)),
                ('city_id', models.BigIntegerField(editable=False, null=True)),
                ('county_id', models.BigIntegerField(editable=False, null=True)),
                ('town_id', models.BigIntegerField(editable=False, null=True)),
                ('village_id', models.BigIntegerField(editable=False, null=True)),
                ('grid_id', models.BigIntegerField(editable=False, null=True)),
                ('kind', models.CharField(choices=[('storytellers', '红色宣讲员'), ('listeners', '民情倾听员'), ('mediators', '矛盾调解员')], max_length=16)),
                ('name', models.CharField(max_length=40)),
                ('opened_on', models.DateField()),
                ('ended_on', models.DateField(null=True)),
                ('ended_because', models.CharField(blank=True, max_length=120)),
                ('area', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='所在区划')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['county_id', 'id'], name='mentoring_teams_county'),
                    models.Index(fields=['town_id', 'id'], name='mentoring_teams_town'),
                ],
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('ended_on', None)), fields=('area', 'name'), name='mentoring_team_name_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Member',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_on', models.DateField()),
                ('to_on', models.DateField(null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('team', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='members', to='mentoring.team')),
            ],
            options={
                'indexes': [models.Index(fields=['team', 'id'], name='mentoring_members')],
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('to_on', None)), fields=('team', 'account'), name='mentoring_member_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Version',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=60)),
                ('text', models.TextField()),
                ('period', models.CharField(max_length=60)),
                ('source', models.CharField(max_length=60)),
                ('number', models.PositiveSmallIntegerField()),
                ('until', models.DateField()),
                ('reason', models.CharField(max_length=200)),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('story', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='mentoring.story')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('story', 'number'), name='mentoring_version_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Carer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('province_id', models.BigIntegerField(editable=False, null=True)),
                ('city_id', models.BigIntegerField(editable=False, null=True)),
                ('county_id', models.BigIntegerField(editable=False, null=True)),
                ('town_id', models.BigIntegerField(editable=False, null=True)),
                ('village_id', models.BigIntegerField(editable=False, null=True)),
                ('grid_id', models.BigIntegerField(editable=False, null=True)),
                ('from_on', models.DateField()),
                ('to_on', models.DateField(null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('area', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='所在区划')),
            ],
            options={
                'indexes': [
                    models.Index(condition=models.Q(('to_on', None)), fields=['county_id', 'id'], name='mentoring_carers'),
                ],
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('to_on', None)), fields=('account', 'county_id'), name='mentoring_carer_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Mediation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('province_id', models.BigIntegerField(editable=False, null=True)),
                ('city_id', models.BigIntegerField(editable=False, null=True)),
                ('county_id', models.BigIntegerField(editable=False, null=True)),
                ('town_id', models.BigIntegerField(editable=False, null=True)),
                ('village_id', models.BigIntegerField(editable=False, null=True)),
                ('grid_id', models.BigIntegerField(editable=False, null=True)),
                ('sort', models.CharField(choices=[('neighbours', '邻里纠纷'), ('family', '婚姻家庭'), ('land', '土地山林'), ('housing', '宅基地和房屋'), ('wages', '劳资'), ('damage', '损害赔偿'), ('other', '别的')], max_length=16)),
                ('opened_on', models.DateField()),
                ('outcome', models.CharField(blank=True, choices=[('settled', '调成'), ('not_settled', '没调成'), ('referred', '转走')], max_length=16)),
                ('closed_on', models.DateField(null=True)),
                ('referred_to', models.CharField(blank=True, max_length=60)),
                ('agreement', xianglin.commons.keys.fields.SealedField(null=True)),
                ('follow_on', models.DateField(null=True)),
                ('kept', models.BooleanField(null=True)),
                ('followed_on', models.DateField(null=True)),
                ('area', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='所在区划')),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('key', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='keys.personkey')),
                ('matter', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='matters.matter')),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mediations', to='mentoring.team')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['county_id', '-id'], name='mentoring_cases_county'),
                    models.Index(fields=['town_id', '-id'], name='mentoring_cases_town'),
                    models.Index(condition=models.Q(('outcome', 'settled')), fields=['village_id', 'closed_on'], name='mentoring_settled_village'),
                    models.Index(condition=models.Q(('outcome', 'settled')), fields=['town_id', 'closed_on'], name='mentoring_settled_town'),
                    models.Index(condition=models.Q(('outcome', 'settled')), fields=['county_id', 'closed_on'], name='mentoring_settled_county'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('closed_on', None), ('outcome', '')), models.Q(models.Q(('outcome', ''), _negated=True), ('closed_on__isnull', False)), _connector='OR'), name='mentoring_mediation_closed'),
                    models.CheckConstraint(condition=models.Q(models.Q(('agreement__isnull', False), ('follow_on__isnull', False), ('outcome', 'settled')), models.Q(models.Q(('outcome', 'settled'), _negated=True), ('agreement', None), ('follow_on', None), ('kept', None)), _connector='OR'), name='mentoring_mediation_settled'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Mediator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_on', models.DateField()),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('mediation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='mediators', to='mentoring.mediation')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('mediation', 'account'), name='mentoring_mediator_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Outing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('province_id', models.BigIntegerField(editable=False, null=True)),
                ('city_id', models.BigIntegerField(editable=False, null=True)),
                ('county_id', models.BigIntegerField(editable=False, null=True)),
                ('town_id', models.BigIntegerField(editable=False, null=True)),
                ('village_id', models.BigIntegerField(editable=False, null=True)),
                ('grid_id', models.BigIntegerField(editable=False, null=True)),
                ('on', models.DateField()),
                ('host', models.CharField(choices=[('village', '村'), ('firm', '企业'), ('community', '社区')], max_length=16)),
                ('where', models.CharField(max_length=60)),
                ('topic', models.CharField(max_length=60)),
                ('present', models.PositiveIntegerField()),
                ('area', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='所在区划')),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('key', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='keys.personkey')),
                ('story', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tellings', to='mentoring.story')),
                ('team', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='outings', to='mentoring.team')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['team', 'id'], name='mentoring_outings_team'),
                    models.Index(fields=['village_id', 'on'], name='mentoring_outings_village'),
                    models.Index(fields=['town_id', 'on'], name='mentoring_outings_town'),
                    models.Index(fields=['county_id', 'on'], name='mentoring_outings_county'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Heard',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('opinion', '意见'), ('hardship', '困难')], max_length=16)),
                ('words', xianglin.commons.keys.fields.SealedField(null=True)),
                ('order', models.PositiveSmallIntegerField()),
                ('matter', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='matters.matter')),
                ('outing', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='heard', to='mentoring.outing')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('outing', 'order'), name='mentoring_heard_in_order'),
                    models.CheckConstraint(condition=models.Q(models.Q(('matter__isnull', False), ('words', None)), models.Q(('matter', None), ('words__isnull', False)), _connector='OR'), name='mentoring_heard_stands_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='OutingPhoto',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField()),
                ('file', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.file')),
                ('outing', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='photos', to='mentoring.outing')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('outing', 'order'), name='mentoring_photos_in_order'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Party',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', xianglin.commons.keys.fields.SealedField()),
                ('phone', xianglin.commons.keys.fields.SealedField(null=True)),
                ('order', models.PositiveSmallIntegerField()),
                ('mediation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='parties', to='mentoring.mediation')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('mediation', 'order'), name='mentoring_parties_in_order'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('said', xianglin.commons.keys.fields.SealedField()),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('mediation', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='mentoring.mediation')),
            ],
            options={
                'indexes': [models.Index(fields=['mediation', 'on'], name='mentoring_sessions')],
            },
        ),
        migrations.CreateModel(
            name='Went',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('outing', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='went', to='mentoring.outing')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('outing', 'account'), name='mentoring_went_once'),
                ],
            },
        ),
    ]
